{% test one_parent(model, child, parent, where='true') %}

select
    {{ child }},
    count(distinct {{ parent }}) as parents
from {{ model }}
where
    {{ child }} is not null
    and {{ where }}
group by {{ child }}
having count(distinct {{ parent }}) > 1

{% endtest %}
