{% macro strict_date(value) -%}
case
    when cast({{ value }} as text) ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]00:00(:00([.]0{1,9})?)?Z?)?$'
        then cast(cast({{ value }} as text) as date)
    else cast('not of type date: ' || cast({{ value }} as text) as date)
end
{%- endmacro %}
