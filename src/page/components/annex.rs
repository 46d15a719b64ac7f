use super::formula::sources;
use crate::page::browser::clock;
use crate::page::store::Entry;
use crate::page::text::{Text, t};
use jixiao::explain;
use jixiao::template::{Library, Role};
use jixiao::wording::paper::about;
use yew::prelude::*;

/// 计算底稿: the explanation of every computed cell, for print.
pub fn annex(library: &Library, entry: &Entry) -> Html {
    let template = &entry.template;
    let items = explain::annex(library, template, entry.document(), &entry.evaluation).into_iter().map(|explained| {
        html! {
            <section class="annex-item">
                <h3>{ &explained.title }</h3>
                { for explained.text().lines().map(|line| html! { <p>{ line.to_owned() }</p> }) }
                { sources(&explained.sources) }
            </section>
        }
    });
    let profile = entry.evaluation.score.is_some().then_some(template.profile.name.as_str());
    let project = entry.role_text(Role::ProjectName).trim();
    let about = about(project, &entry.sheet.year, &template.form.name, profile, &clock::now().day());
    html! {
        <article class="paper annex">
            <h1>{ t(Text::AnnexTitle) }</h1>
            { for about.into_iter().map(|line| html! { <p class="annex-about">{ line }</p> }) }
            { for items }
        </article>
    }
}
