use super::send;
use crate::page::store::{Action, Dispatch, Entry};
use crate::page::text::{self, Text, t};
use jixiao::engine::Score;
use jixiao::evaluate;
use jixiao::number::Exact;
use jixiao::template::{Library, Template};
use std::rc::Rc;
use yew::prelude::*;

/// The same document under every profile at hand, side by side.
pub fn what_if(entry: &Entry, library: &Library, dispatch: &Dispatch) -> Html {
    let Some(now) = &entry.evaluation.score else { return html! { <p class="note">{ t(Text::NoPoints) }</p> } };
    if now.entered.shown.is_none() && now.by_rule.shown.is_none() {
        return html! { <section class="what-if"><h3>{ t(Text::WhatIf) }</h3><p class="note">{ t(Text::NothingToCompare) }</p></section> };
    }
    let current = &entry.template.profile;
    let rows = library.profiles.iter().map(|profile| {
        let template = Template { form: entry.template.form.clone(), profile: profile.clone() };
        let is_current = profile.id == current.id;
        let action = if is_current {
            html! { <span class="tag">{ t(Text::Adopted) }</span> }
        } else {
            html! { <button type="button" class="button small" onclick={send(dispatch, Action::SetProfile(profile.id.clone()))}>{ t(Text::Adopt) }</button> }
        };
        line(&template, entry, now, &profile.name, action)
    });
    // 空白按不适用 is a question about any profile, so it is asked of the present one.
    let lenient = current.with_not_applicable(current.not_applicable.effect, true);
    let lenient = Template { form: entry.template.form.clone(), profile: Rc::new(lenient) };
    let lenient =
        (!current.not_applicable.blank_counts).then(|| line(&lenient, entry, now, t(Text::BlankNotApplicable), html! {}));
    html! {
        <section class="what-if">
            <h3>{ t(Text::WhatIf) }</h3>
            <p class="note">{ t(Text::WhatIfLead) }</p>
            <table class="comparison" aria-label={t(Text::WhatIf)}>
                <thead><tr>
                    <th scope="col">{ t(Text::Rules) }</th><th scope="col">{ t(Text::AsEntered) }</th><th scope="col">{ t(Text::ByRule) }</th><th scope="col">{ t(Text::Difference) }</th>
                </tr></thead>
                <tbody>{ for rows }{ for lenient }</tbody>
            </table>
        </section>
    }
}

fn line(template: &Template, entry: &Entry, now: &Score, name: &str, action: Html) -> Html {
    let evaluation = evaluate(template, entry.document());
    let Some(score) = &evaluation.score else { return html! {} };
    let shown = |score: &Score| score.by_rule.shown.map(Exact::from_decimal);
    let change = shown(now).zip(shown(score)).map_or_else(|| "—".to_owned(), |(from, to)| text::difference(from, to));
    html! {
        <tr>
            <th scope="row">{ name }{ " " }{ action }</th>
            <td>{ text::total(&score.entered) }{ " " }{ text::grade(&score.entered, template) }</td>
            <td>{ text::total(&score.by_rule) }{ " " }{ text::grade(&score.by_rule, template) }</td>
            <td>{ change }</td>
        </tr>
    }
}
