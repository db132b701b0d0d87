{% macro sql_literal(value, data_type=none) -%}
    {%- if value is none -%}
        null
    {%- elif value is boolean -%}
        {{ 'true' if value else 'false' }}
    {%- elif value is number -%}
        {{ value }}
    {%- elif data_type is none -%}
        '{{ dbt.escape_single_quotes(value) }}'
    {%- else -%}
        cast('{{ dbt.escape_single_quotes(value) }}' as {{ data_type }})
    {%- endif -%}
{%- endmacro %}
