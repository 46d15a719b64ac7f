use super::chart::chart;
use crate::page::store::Entry;
use crate::page::text::{Text, t};
use jixiao::chart::charts;
use std::rc::Rc;
use yew::prelude::*;

/// The place behind the paper.
pub const PRINT: &str = "print";

#[derive(Properties)]
pub struct Props {
    pub entry: Rc<Entry>,
    /// Where the charts stand, so that the ids in them are unique on the page: `tab` beside the paper, [`PRINT`] behind it.
    pub place: &'static str,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.entry.evaluation, &other.entry.evaluation) && self.place == other.place
    }
}

/// 图表: computed only where this component is, so that typing costs nothing more while no chart is shown.
#[component]
pub fn Charts(props: &Props) -> Html {
    let Props { entry, place } = props;
    let charts = charts(&entry.template, entry.document(), &entry.evaluation);
    if charts.is_empty() {
        return match *place {
            PRINT => html! {},
            _ => html! { <p class="note">{ t(Text::NoCharts) }</p> },
        };
    }
    let drawn = charts.iter().enumerate().map(|(at, drawn)| chart(drawn, &format!("chart-{place}-{at}")));
    match *place {
        PRINT => {
            html! { <article class="paper charts-print"><h1>{ t(Text::ChartsTitle) }</h1><div class="charts">{ for drawn }</div></article> }
        }
        _ => html! { <div class="charts">{ for drawn }</div> },
    }
}
