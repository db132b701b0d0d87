import { parse } from "yaml";

/**
 * What may stand in a key that takes free text: prose takes anything, a label one line without braces, a name of the source's
 * own what can be quoted, and an SQL text whatever its quotes keep.
 */
export type Kind = "prose" | "label" | "name" | "sql";

const kinds: Readonly<Record<string, Kind>> = { p: "prose", l: "label", n: "name", s: "sql" };

/** Specs in which every key that takes free text is filled in: each `«kind words»` becomes the text that is asked for. */
export function wordySpecs(textOf: (kind: Kind, words: string) => string): string {
  return JSON.stringify(filled(parse(specs), textOf));
}

function filled(value: unknown, textOf: (kind: Kind, words: string) => string): unknown {
  const fill = (text: string): string => text.replace(/«(.)([^»]*)»/g, (_, letter: string, words: string) => textOf(kinds[letter] ?? "prose", words));
  if (typeof value === "string") return fill(value);
  if (Array.isArray(value)) return value.map((one) => filled(one, textOf));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [fill(key), filled(one, textOf)]));
}

const specs = `
project_name: «lPaper shop»
business_context: «pSells paper to schools»
data_consumers: [{team: «lSales team», use_case: reporting, latency_requirement: batch, query_pattern: dashboard}]
current_state:
  sources: [«lWeb shop»]
  storage: [«lSpreadsheets»]
  pain_points: [«pSums differ»]
  data_volume: {current_gb_per_day: 1, growth_rate_percent: 10, retention_months: 36}
constraints: {budget_monthly_usd: 500, team_size: 3, skill_level: mid, compliance: [«lAudit rules»], cloud_provider: AWS}
settings:
  project: paper
  timezone: UTC
  dates: {from: 2026-01-01, to: 2026-12-31}
contracts:
  - name: shop.customers
    description: «pOne row per customer»
    physical: {schema: «nRaw shop», table: «nCustomer file»}
    version: «lFirst one»
    owner: «lWeb team»
    consumers: [«lFinance team»]
    sla: {freshness_hours: 24, availability_percent: 99.5, support_hours: «lOffice hours»}
    breaking_change_policy: «lTell everybody»
    notification_channel: «lShop channel»
    primary_key: [«nCustomer number»]
    loaded_at: «nLoaded when»
    schema:
      - {column: «nCustomer number», type: integer, rename: customer_id, description: «pNumber of the customer», business_definition: «pWhat the invoice says»}
      - {column: «nLoaded when», type: timestamp, rename: loaded_when, description: «pWhen it came»}
      - {column: «nFull name», type: string, rename: full_name, description: «pName in full», pii: true, protect: hash, clean: [trim, {nullif: [«pNot known», «pNone»]}]}
      - column: «nKind of customer»
        type: string
        rename: kind
        unit: «lKinds»
        description: «pSchool or not»
        deprecated: true
        checks:
          - {type: enum, params: {values: [«pOld school», «pNew school»]}}
          - {type: regex, params: {pattern: "^(Old|New)"}}
          - {type: length, params: {min: 1, max: 90}}
        clean:
          - {map: {values: {«pKey one»: «pValue one», «pKey two»: «pValue two»}, else: keep}}
          - {replace: {search: «pOld text», by: «pNew text»}}
          - {default: «pNobody knows»}
      - {column: «nBorn on», type: date, rename: born_on, clean: [{parse: "%d/%m/%Y"}], on_failure: warn}
      - {column: «nWall clock», type: timestamp, rename: wall_clock, physical_type: string, zone: {column: «nZone of it»}}
      - {column: «nZone of it», type: string, rename: zone_of_it}
      - {column: «nSettings text», type: string, rename: colour, clean: [{json: $.colour}]}
      - {column: «nCity», type: string, rename: city, description: «pWhere they live»}
  - name: shop.changes
    owner: «lWeb team»
    primary_key: [product]
    history: {kind: change_log, effective_at: «nChanged at», sequence: [«nChange number»], operation: {column: «nWhat happened», delete: [«lGone away», «lTaken back»]}}
    schema:
      - {column: «nChange number», type: integer, nullable: false, rename: change_id}
      - {column: «nChanged at», type: timestamp, nullable: false, rename: changed_at}
      - {column: «nWhat happened», type: string, nullable: false, rename: operation}
      - {column: product, type: string}
      - {column: «nShade», type: string, rename: shade}
  - name: shop.sales
    owner: "«lTill team» <till@example.com>"
    primary_key: [sale_id]
    history: append_only
    references: [{columns: [«nCustomer of sale»], to: shop.customers, to_columns: [«nCustomer number»]}]
    checks: [{type: volume, params: {min: 0}}, {type: custom, params: {expression: "amount >= 0 or status = '«sSent back»'"}}]
    schema:
      - {column: sale_id, type: integer}
      - {column: «nCustomer of sale», type: integer, rename: customer_id}
      - {column: product, type: string}
      - {column: status, type: string, references: shop.changes.product}
      - {column: sold_at, type: timestamp, nullable: false}
      - {column: amount, type: "decimal(12,2)", unit: «lCrowns»}
dimensions:
  - name: dim_customer
    description: «pCustomers with their cities»
    domain: sales
    owner: «lModel team»
    source: shop.customers
    type: 2
    natural_key: customer_id
    attributes:
      - {name: full_name, scd_type: 1, description: «pName as printed»}
      - {name: city, scd_type: 2, description: «pCity then»}
      - {name: greeting, scd_type: 1, expression: "'«sDear »' || full_name || '«s of »'", description: «pHow to greet»}
      - {name: kind_label, scd_type: 1, expression: "case when kind like 'Old%' then '«sOld one»' else '«sNew one»' end"}
    unknown_member: {city: «pNowhere at all»}
  - name: dim_product
    source: shop.changes
    type: 2
    natural_key: product
    attributes: [{name: shade, scd_type: 2}]
fact_tables:
  - name: fct_sales
    description: «pAll sales»
    grain: «pSale of paper»
    grain_statement: «pOne row per sale of paper»
    domain: sales
    owner: «lModel team»
    source: shop.sales
    where: "status <> '«sTorn up»'"
    event_time: sold_at
    foreign_keys: [dim_customer, dim_product, {dimension: dim_date, role: sold, on: sold_at}]
    degenerate_dimensions: [sale_id, {name: state, expression: "coalesce(status, '«sNo status»')", description: «pState of the sale»}]
    measures:
      - {name: amount, type: additive, aggregation: SUM, unit: «lCrowns», business_definition: «pWhat was paid»}
      - {name: returned, expression: amount, where: "status = '«sSent back»'", type: additive, aggregation: SUM, business_definition: «pWhat came back»}
    exposures: [{name: sales_board, type: dashboard, owner: «lBoard team», url: "https://bi.example.com/board", description: «pFor the board»}]
marts:
  - name: mrt_sales_by_city
    description: «pSales by city»
    domain: sales
    owner: «lMart team»
    from: fct_sales
    by: [dim_customer.city]
    where: "state <> '«sLost one»'"
    measures: [amount, {name: big_amount, source: amount, aggregation: SUM, where: "state = '«sBig one»'", description: «pBig sales»}, {name: told, expression: "case when amount > 5 then '«sMuch sold»' end", description: «pWords for it»}]
    exposures: [{name: city_map, owner: «lMap team», url: "https://maps.example.com", description: «pMap of sales»}]
pipelines:
  - name: shop_daily
    description: «pLoads and builds»
    owner: «lLoad team»
    schedule: "0 5 * * *"
    timezone: UTC
    sla_minutes: 60
    tier: 1
    extract: {source_system: shop, connection: "files:landing/{table}.csv"}
    quality_gates: {pre_load: [«lAll files there»], post_load: [«lSums agree»]}
    error_handling: {strategy: retry, max_retries: 2, retry_delay_seconds: 60, alert_channels: [«lAlert channel»]}
`;
