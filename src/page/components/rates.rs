use super::dialog::Dialog;
use super::formula::sources;
use super::text_field::TextField;
use crate::page::browser::{clipboard, dom};
use crate::page::field::RateField;
use crate::page::store::calculator::{field, printed_field};
use crate::page::store::{Action, Calculator, CalculatorAction, Dispatch};
use crate::page::text::{Text, t};
use jixiao::rates::{Answer, answer};
use jixiao::template::{AMOUNT_UNITS, Library, Rate};
use jixiao::wording::rates as words;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub struct Props {
    pub library: Rc<Library>,
    pub calculator: Rc<Calculator>,
    /// Whether the open table has numbers for the chosen rate.
    pub takeable: bool,
    pub dispatch: Dispatch,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.library, &other.library) && self.calculator == other.calculator && self.takeable == other.takeable
    }
}

/// The field whose text is copied.
const LINE: &str = "rate-line";

/// 比率计算: a formula, its numbers, its result, and where it comes from.
#[component]
pub fn Rates(props: &Props) -> Html {
    let Props { library, calculator, takeable, dispatch } = props;
    let copied = use_state(|| None::<String>);
    let Some(rate) = calculator.rate(library) else { return html! {} };
    let answer = answer(library, rate, &calculator.entered(rate));
    let clear = html! {
        <>
            if calculator.can_go_back() {
                <button type="button" class="button" id="rate-back" onclick={act(dispatch, CalculatorAction::Back)}>{ t(Text::TakeBack) }</button>
            }
            <button type="button" class="button" id="rate-clear" onclick={act(dispatch, CalculatorAction::Clear)}>{ t(Text::Clear) }</button>
        </>
    };
    html! {
        <Dialog title={t(Text::Rates)} dispatch={dispatch.clone()} actions={clear} wide=true>
            <div class="rates">
                { list(library, rate, dispatch) }
                <div class="rate" key={rate.number.clone()}>
                    <h3>{ &rate.name }<span class="code">{ &rate.number }</span></h3>
                    { inputs(rate, calculator, *takeable, dispatch) }
                    { result(&answer, &copied) }
                    { about(rate, &answer) }
                </div>
            </div>
        </Dialog>
    }
}

fn act<E>(dispatch: &Dispatch, action: CalculatorAction) -> Callback<E> {
    super::send(dispatch, Action::Calculator(action))
}

/// All rates by their groups. A list on a desk, what the system makes of it on a phone.
fn list(library: &Library, chosen: &Rate, dispatch: &Dispatch) -> Html {
    let choose = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            if let Some(field) = dom::target(&event) {
                dispatch.dispatch(Action::Calculator(CalculatorAction::Choose(dom::value(&field))));
            }
        })
    };
    let mut groups: Vec<&str> = library.rates.iter().map(|rate| rate.group.as_str()).collect();
    groups.dedup();
    let group = |name: &str| {
        let rates = library.rates.iter().filter(|rate| rate.group == name);
        let options = rates.map(|rate| {
            html! { <option value={rate.number.clone()} selected={rate.number == chosen.number}>{ &rate.name }</option> }
        });
        html! { <optgroup label={name.to_owned()}>{ for options }</optgroup> }
    };
    html! {
        <select class="rate-list" id="rate-list" size="12" data-first="" aria-label={t(Text::RateList)} onchange={choose}>
            { for groups.into_iter().map(group) }
        </select>
    }
}

fn inputs(rate: &Rate, calculator: &Calculator, takeable: bool, dispatch: &Dispatch) -> Html {
    let fields = rate.inputs.iter().map(|input| {
        let name = field(input);
        let label = words::input(&input.label, input.hint.as_deref());
        // A hint may ask for a sign, which a pad of digits lacks.
        one_field(&name, &label, input.kind.is_numeric() && input.hint.is_none(), calculator)
    });
    let unit = (rate.has_amounts() && rate.free_unit).then(|| unit(calculator, rate, dispatch));
    html! {
        <>
            if unit.is_some() || takeable {
                <div class="rate-tools">
                    { for unit }
                    if takeable {
                        <button type="button" class="button small" id="rate-take" onclick={act(dispatch, CalculatorAction::Take)}>{ t(Text::TakeFromTable) }</button>
                    }
                </div>
            }
            <div class="rate-fields">
                { for fields }
                { one_field(&printed_field(rate), t(Text::PrintedResult), false, calculator) }
            </div>
        </>
    }
}

fn one_field(name: &RateField, label: &str, numeric: bool, calculator: &Calculator) -> Html {
    let mark = name.mark();
    html! {
        <div class="rate-field" key={mark.name.clone()}>
            <span aria-hidden="true">{ label }</span>
            <div class="boxed"><TextField {mark} label={label.to_owned()} typed={calculator.text(name).to_owned()} {numeric} /></div>
        </div>
    }
}

fn unit(calculator: &Calculator, rate: &Rate, dispatch: &Dispatch) -> Html {
    let chosen = calculator.unit.unwrap_or(rate.form.unit);
    let buttons = AMOUNT_UNITS.iter().map(|(unit, name)| {
        let pressed = (*unit == chosen).to_string();
        html! {
            <button type="button" class="button small" aria-pressed={pressed} onclick={act(dispatch, CalculatorAction::Unit(*unit))}>{ *name }</button>
        }
    });
    html! { <span class="rate-unit" role="group" aria-label={t(Text::AmountUnit)}><span>{ t(Text::AmountUnit) }</span>{ for buttons }</span> }
}

fn result(answer: &Answer, copied: &UseStateHandle<Option<String>>) -> Html {
    let shown = answer.shown.as_deref().unwrap_or("—");
    let lines = answer.lines.iter().map(|line| html! { <p class="line">{ line }</p> });
    let remarks = answer.remarks.iter().map(|remark| html! { <p class="rate-remark">{ words::remark(remark) }</p> });
    html! {
        <>
            <p class="rate-result" id="rate-result" role="status">
                <b>{ shown }</b>
                { for answer.band.as_ref().map(|band| html! { <span>{ band }</span> }) }
                { for answer.comparison.as_ref().map(|said| html! { <span class="rate-compared">{ said }</span> }) }
            </p>
            { for remarks }
            <div class="lines">{ for lines }</div>
            { for answer.line.as_ref().map(|line| copy(line, copied)) }
        </>
    }
}

/// The line that is copied stands there to be seen, and to be copied by hand where the browser refuses.
fn copy(line: &str, copied: &UseStateHandle<Option<String>>) -> Html {
    let done = copied.as_deref() == Some(line);
    let copy = {
        let (copied, line) = (copied.clone(), line.to_owned());
        Callback::from(move |_: MouseEvent| {
            if clipboard::copy(LINE) {
                copied.set(Some(line.clone()));
            }
        })
    };
    let label = if done { t(Text::Copied) } else { t(Text::Copy) };
    html! {
        <div class="rate-copy">
            <textarea id={LINE} readonly=true rows="2" aria-label={t(Text::RateLine)} value={line.to_owned()} />
            <button type="button" class="button primary" id="rate-copy" onclick={copy}>{ label }</button>
        </div>
    }
}

fn about(rate: &Rate, answer: &Answer) -> Html {
    let line = |text: String| html! { <p class="rate-about">{ text }</p> };
    html! {
        <>
            { for rate.base.as_deref().map(|base| line(words::base(base))) }
            { for rate.note.as_deref().map(|note| line(words::note(note))) }
            { sources(&answer.sources) }
        </>
    }
}
