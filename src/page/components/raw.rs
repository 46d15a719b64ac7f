use yew::prelude::*;

/// A part of the page that is HTML already; office.js hears what is asked in it.
pub fn raw(class: &'static str, label: &'static str, html: String) -> Html {
    html! { <section {class} aria-labelledby={label}>{ Html::from_html_unchecked(html.into()) }</section> }
}
