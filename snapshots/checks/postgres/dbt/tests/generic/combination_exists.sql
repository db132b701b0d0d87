{% test combination_exists(model, columns, to, to_columns) %}

select child.*
from {{ model }} as child
where
    {%- for column in columns %}
    child.{{ column }} is not null and
    {%- endfor %}
    not exists (
        select 1
        from {{ to }} as parent
        where
            {%- for column in columns %}
            parent.{{ to_columns[loop.index0] }} = child.{{ column }}
            {{- ' and' if not loop.last }}
            {%- endfor %}
    )

{% endtest %}
