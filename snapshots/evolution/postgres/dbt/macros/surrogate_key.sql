{# Recipe version 1. Another recipe would change every key of the warehouse. #}
{% macro surrogate_key(parts) -%}
    {%- set encoded = [] -%}
    {%- for part in parts -%}
        {%- do encoded.append(
            "coalesce(length(" ~ part ~ ") || ':' || " ~ part ~ ", '~')"
        ) -%}
    {%- endfor -%}
    md5({{ encoded | join(' || ') }})
{%- endmacro %}
