{% macro postgres__snapshot_get_time() -%}
    {%- set as_of_run = var('as_of_run', none) -%}
    {%- if as_of_run is none -%}
        now() at time zone 'UTC'
    {%- else -%}
        cast('{{ dbt.escape_single_quotes(as_of_run | string) }}' as timestamp)
    {%- endif -%}
{%- endmacro %}
