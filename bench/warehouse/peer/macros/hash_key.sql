{# A surrogate key as most dbt projects make it: the columns as text with a separator, hashed. #}
{% macro hash_key(columns) -%}
md5(
    {%- for column in columns -%}
    coalesce(cast({{ column }} as varchar), '_null_'){{ " || '-' || " if not loop.last }}
    {%- endfor -%}
)
{%- endmacro %}

{% macro date_key(day) -%}
case when {{ day }} is null then -2 else cast(strftime({{ day }}, '%Y%m%d') as integer) end
{%- endmacro %}
