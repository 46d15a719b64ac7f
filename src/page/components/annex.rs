use super::formula::sources;
use crate::page::store::Entry;
use crate::page::text::{Text, t};
use jixiao::explain::explain;
use jixiao::template::Library;
use yew::prelude::*;

/// 计算底稿: the explanation of every computed cell, for print.
pub fn annex(library: &Library, entry: &Entry) -> Html {
    let explained =
        entry.fields().filter_map(|field| explain(library, &entry.template, entry.document(), &entry.evaluation, field.id));
    let items = explained.map(|explained| {
        html! {
            <section class="annex-item">
                <h3>{ &explained.title }</h3>
                { for explained.text().lines().map(|line| html! { <p>{ line.to_owned() }</p> }) }
                { sources(&explained.sources) }
            </section>
        }
    });
    html! {
        <article class="paper annex">
            <h1>{ t(Text::AnnexTitle) }</h1>
            { for items }
        </article>
    }
}
