{% test has_every(model, column_name, to, field, only='true') %}

select distinct wanted.{{ field }}
from {{ to }} as wanted
where
    not exists (
        select 1
        from {{ model }} as present
        where
            present.{{ column_name }} = wanted.{{ field }}
            and {{ only }}
    )

{% endtest %}
