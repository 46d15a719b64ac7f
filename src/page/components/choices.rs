use super::dialog::Dialog;
use super::send;
use crate::page::store::{Action, Dialog as Which, Dispatch, Entry};
use crate::page::text::{self, Text, t};
use jixiao::document::Conversion;
use jixiao::number::Magnitude;
use jixiao::template::AMOUNT_UNITS;
use yew::prelude::*;

/// 金额单位: another one, with the amounts converted or as they stand.
pub fn unit(entry: &Entry, chosen: Magnitude, dispatch: &Dispatch) -> Html {
    let current = entry.document().unit;
    let radios = AMOUNT_UNITS.iter().map(|(unit, name)| {
        let onchange = send(dispatch, Action::Dialog(Which::Unit(*unit)));
        html! {
            <label class="check"><input type="radio" name="amount-unit" checked={*unit == chosen} {onchange} /><span>{ *name }</span></label>
        }
    });
    let same = chosen == current;
    let conversion = Conversion::new(entry.document(), &entry.template.form, chosen);
    let explained =
        if same { vec![text::unit_current(current)] } else { text::unit_choices(entry, current, chosen, &conversion) };
    let button = |id: &'static str, label: Text, convert: bool, first: bool| {
        let onclick = send(dispatch, Action::ChangeUnit { unit: chosen, convert });
        html! { <button type="button" {id} class={classes!("button", first.then_some("primary"))} disabled={same} {onclick}>{ t(label) }</button> }
    };
    // Without amounts there is nothing to convert, and no choice.
    let converts = !same && conversion.is_any();
    let actions = html! {
        <>
            if converts || same {
                { button("convert", Text::Convert, true, true) }
            }
            { button("relabel", Text::Relabel, false, !converts && !same) }
        </>
    };
    html! {
        <Dialog title={t(Text::AmountUnit)} dispatch={dispatch.clone()} {actions} close={Text::Cancel}>
            <div role="radiogroup" aria-label={t(Text::AmountUnit)}>{ for radios }</div>
            { for explained.into_iter().map(|line| html! { <p>{ line }</p> }) }
        </Dialog>
    }
}

/// 显示的列: what the sheet shows beside the form's own columns, and which of those it leaves out.
pub fn columns(entry: &Entry, dispatch: &Dispatch) -> Html {
    let boxes = entry.column_choices().into_iter().map(|choice| {
        let onchange = send(dispatch, Action::ShowColumn { table: choice.table, column: choice.column, shown: !choice.shown });
        let note = choice.used.then(|| html! { <span class="note">{ t(Text::ColumnUsed) }</span> });
        html! {
            <label class="check" key={format!("{}.{}", choice.table, choice.column)}>
                <input type="checkbox" checked={choice.shown} disabled={choice.used && choice.shown} {onchange} /><span>{ choice.label }</span>{ for note }
            </label>
        }
    });
    html! {
        <Dialog title={t(Text::Columns)} dispatch={dispatch.clone()} actions={html! {}}>
            <p>{ t(Text::ColumnsLead) }</p>
            <div class="column-choices">{ for boxes }</div>
        </Dialog>
    }
}
