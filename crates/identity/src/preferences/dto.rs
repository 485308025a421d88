//! Request and answer types of preferences.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steward_domain::identity::preferences::{ColorScheme, Density, Preferences};
use steward_kernel::Instant;
use utoipa::openapi::schema::{AdditionalProperties, ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

const NAME: &str = "^[a-z0-9._-]{1,60}$";

/// What a person chose; what is left out is as at the start.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub(crate) struct PreferencesInput {
    /// `auto`, `light` or `dark`.
    #[schema(value_type = ColorSchemeWord, required = false)]
    color_scheme: ColorScheme,
    /// `comfortable`, `normal` or `compact`.
    #[schema(value_type = DensityWord, required = false)]
    density: Density,
    /// Language of the screens; that of the own record when null.
    #[schema(max_length = 35, pattern = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    language: Option<String>,
    /// Columns of lists, in their order, by name of the list.
    #[schema(value_type = Columns, required = false)]
    columns: BTreeMap<String, Vec<String>>,
    /// What is pinned to the sidebar, in its order.
    #[schema(value_type = SidebarPins, required = false)]
    sidebar_pins: Vec<String>,
}

impl From<PreferencesInput> for Preferences {
    fn from(input: PreferencesInput) -> Self {
        Self {
            color_scheme: input.color_scheme,
            density: input.density,
            language: input.language,
            columns: input.columns,
            sidebar_pins: input.sidebar_pins,
        }
    }
}

/// What a person chose.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PreferencesView {
    /// `auto`, `light` or `dark`.
    #[schema(value_type = ColorSchemeWord)]
    pub(crate) color_scheme: ColorScheme,
    /// `comfortable`, `normal` or `compact`.
    #[schema(value_type = DensityWord)]
    pub(crate) density: Density,
    /// Language of the screens; that of the own record when null.
    pub(crate) language: Option<String>,
    /// Columns of lists, in their order, by name of the list.
    pub(crate) columns: BTreeMap<String, Vec<String>>,
    /// What is pinned to the sidebar, in its order.
    pub(crate) sidebar_pins: Vec<String>,
    /// Counts changes; 0 while nothing was chosen.
    pub(crate) version: i64,
    /// When it last changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) updated_at: Option<Instant>,
}

steward_platform::versioned!(PreferencesView);

/// Light or dark.
#[derive(ToSchema)]
#[schema(as = ColorScheme, rename_all = "snake_case")]
#[expect(
    dead_code,
    reason = "describes the domain's enum, which knows no OpenAPI"
)]
pub(crate) enum ColorSchemeWord {
    /// As the device is set.
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How close rows stand.
#[derive(ToSchema)]
#[schema(as = Density, rename_all = "snake_case")]
#[expect(
    dead_code,
    reason = "describes the domain's enum, which knows no OpenAPI"
)]
pub(crate) enum DensityWord {
    /// With much room between them.
    Comfortable,
    /// As usual.
    Normal,
    /// Close.
    Compact,
}

fn name() -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(NAME))
}

/// Written by hand: a derived schema cannot bound the names of properties.
struct Columns;

impl PartialSchema for Columns {
    fn schema() -> RefOr<Schema> {
        let names = ArrayBuilder::new().items(name()).max_items(Some(50));
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .max_properties(Some(50))
            .property_names(Some(name()))
            .additional_properties(Some(AdditionalProperties::RefOr(RefOr::T(Schema::Array(
                names.build(),
            )))))
            .into()
    }
}

impl ToSchema for Columns {}

/// Written by hand: a derived schema cannot bound what is in an array.
struct SidebarPins;

impl PartialSchema for SidebarPins {
    fn schema() -> RefOr<Schema> {
        let pin = ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(200));
        ArrayBuilder::new().items(pin).max_items(Some(50)).into()
    }
}

impl ToSchema for SidebarPins {}
