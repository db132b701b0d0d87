{#
    The watermark is asked for beforehand: a warehouse that is given a constant
    skips what it need not read. In a unit test, where the fact is but a text,
    it is part of the query.
#}
{% macro window_start(relation, days) -%}
    {%- set start = var('backfill_from', none) -%}
    {%- set watermark = dbt.dateadd('day', -days, 'max(source_loaded_at)') -%}
    {%- if start is none and relation is string -%}
        (
            select coalesce({{ watermark }}, cast('1900-01-01' as timestamp))
            from {{ relation }}
        )
    {%- else -%}
        {%- if start is none and execute and load_relation(relation) is not none -%}
            {%- set found = run_query(
                'select ' ~ watermark ~ ' as start from ' ~ relation
            ) -%}
            {%- set start = found.rows[0][0] -%}
        {%- endif -%}
        {%- set start = (start or '1900-01-01') | string -%}
        cast('{{ dbt.escape_single_quotes(start) }}' as timestamp)
    {%- endif -%}
{%- endmacro %}
