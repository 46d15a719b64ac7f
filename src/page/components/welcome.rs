use super::send;
use super::top_bar::{FILE_FIELD, FOLDER_FIELD};
use crate::page::browser::dom;
use crate::page::command;
use crate::page::store::{Action, Dialog, Dispatch};
use crate::page::text::{Text, t};
use jixiao::template::library::Example;
use jixiao::template::{Form, Library};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub struct Props {
    pub library: Rc<Library>,
    pub dispatch: Dispatch,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.library, &other.library)
    }
}

/// Where nothing is open: choose a form, look at an example, or bring a file.
#[component]
pub fn Welcome(props: &Props) -> Html {
    let Props { library, dispatch } = props;
    let forms = groups(library).into_iter().map(|group| {
        let choices = library.forms.iter().filter(|form| form.group == group).map(|form| form_choice(form, dispatch));
        html! { <><h3>{ group }</h3><ul class="choices">{ for choices }</ul></> }
    });
    let examples = library.examples.iter().map(|example| example_choice(example, library, dispatch));
    html! {
        <section class="paper welcome">
            <h1>{ t(Text::WelcomeTitle) }</h1>
            <p class="lead">{ t(Text::WelcomeLead) }</p>
            <div class="columns">
            <div class="column">
            <h2>{ t(Text::ChooseForm) }</h2>
            { for forms }
            </div>
            <div class="column beside">
            <h2>{ t(Text::BringFile) }</h2>
            <p class="note">{ t(Text::BringFileLead) }</p>
            <p><button type="button" class="button" onclick={Callback::from(|_| dom::click(FILE_FIELD))}>{ t(Text::ChooseFile) }</button>{ " " }
            <button type="button" class="button" onclick={Callback::from(|_| dom::click(FOLDER_FIELD))}>{ t(Text::ChooseFolder) }</button></p>
            if !library.examples.is_empty() {
                <h2>{ t(Text::Examples) }</h2>
                <p class="note">{ t(Text::ExamplesLead) }</p>
                <ul class="choices">{ for examples }</ul>
            }
            <h2>{ t(Text::Rates) }</h2>
            <p class="note">{ t(Text::RatesLead) }</p>
            <p><button type="button" class="button" id="open-rates" onclick={send(dispatch, Action::Dialog(Dialog::Rates))}>{ t(Text::OpenRates) }</button></p>
            </div>
            </div>
            <p class="note privacy">{ t(Text::Privacy) }<br />{ t(Text::StorageNote) }</p>
        </section>
    }
}

/// The headings of the chooser, in the order of the forms.
fn groups(library: &Library) -> Vec<&str> {
    let mut groups: Vec<&str> = Vec::new();
    for form in &library.forms {
        if !groups.contains(&form.group.as_str()) {
            groups.push(&form.group);
        }
    }
    groups
}

fn form_choice(form: &Rc<Form>, dispatch: &Dispatch) -> Html {
    let choose = {
        let (form, dispatch) = (form.clone(), dispatch.clone());
        Callback::from(move |_| command::new_project(&form, &dispatch))
    };
    choice("form", &form.id, &form.short, &form.about, choose)
}

fn example_choice(example: &Example, library: &Rc<Library>, dispatch: &Dispatch) -> Html {
    let choose = {
        let (example, library, dispatch) = (example.clone(), library.clone(), dispatch.clone());
        Callback::from(move |_| command::open_example(&example, &library, &dispatch))
    };
    choice("example", &example.id, &example.label, &example.about, choose)
}

fn choice(kind: &str, id: &str, label: &str, about: &str, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <li>
            <button type="button" class="choice" id={format!("{kind}-{id}")} {onclick}>
                <span class="choice-name">{ label }</span>
                <span class="choice-about">{ about }</span>
            </button>
        </li>
    }
}
