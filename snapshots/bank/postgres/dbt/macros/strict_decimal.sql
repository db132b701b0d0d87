{% macro strict_decimal(value, precision, scale) -%}
case
    when cast({{ value }} as text) ~ '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,2})?$'
        then cast(cast({{ value }} as text) as numeric({{ precision }}, {{ scale }}))
    else cast('not of type decimal: ' || cast({{ value }} as text) as numeric({{ precision }}, {{ scale }}))
end
{%- endmacro %}
