{% test single_current_version(model, member) %}

select
    {{ member }},
    count(*) as current_versions
from {{ model }}
where is_current
group by {{ member }}
having count(*) > 1

{% endtest %}
