mod js_api;

use yew::prelude::*;

#[component]
fn App() -> Html {
    let text = use_state(String::new);
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            let field: web_sys::HtmlInputElement = event.target_unchecked_into();
            text.set(field.value());
        })
    };
    html! { <main><h1>{ "绩效自评" }</h1><input {oninput} /><output id="echo">{ &*text }</output></main> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
