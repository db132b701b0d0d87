{% macro strict_decimal(value, precision, scale) -%}
case
    when regexp_matches(cast({{ value }} as varchar), '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,2})?$')
        then cast(cast({{ value }} as varchar) as decimal({{ precision }}, {{ scale }}))
    else cast('not of type decimal: ' || cast({{ value }} as varchar) as decimal({{ precision }}, {{ scale }}))
end
{%- endmacro %}
