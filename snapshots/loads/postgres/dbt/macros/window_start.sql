{% macro window_start(relation, days) -%}
    {%- set backfill_from = var('backfill_from', none) -%}
    {%- if backfill_from is not none -%}
        cast('{{ dbt.escape_single_quotes(backfill_from | string) }}' as timestamp)
    {%- else -%}
        (
            select
                coalesce(
                    {{ dbt.dateadd('day', -days, 'max(source_loaded_at)') }},
                    cast('1900-01-01' as timestamp)
                )
            from {{ relation }}
        )
    {%- endif -%}
{%- endmacro %}
