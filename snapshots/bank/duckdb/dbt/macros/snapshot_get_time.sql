{% macro duckdb__snapshot_get_time() -%}
    {%- set as_of_run = var('as_of_run', none) -%}
    {%- if as_of_run is none -%}
        cast(current_timestamp at time zone 'UTC' as timestamp)
    {%- else -%}
        cast('{{ dbt.escape_single_quotes(as_of_run | string) }}' as timestamp)
    {%- endif -%}
{%- endmacro %}
