{% macro strict_date(value) -%}
case
    when regexp_matches(cast({{ value }} as varchar), '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]00:00(:00([.]0{1,9})?)?Z?)?$')
        then cast(cast({{ value }} as varchar) as date)
    else cast('not of type date: ' || cast({{ value }} as varchar) as date)
end
{%- endmacro %}
