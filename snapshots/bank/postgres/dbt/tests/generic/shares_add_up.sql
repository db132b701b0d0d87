{% test shares_add_up(model, group, share) %}

select
    {{ group }},
    sum({{ share }}) as total_share
from {{ model }}
group by {{ group }}
having abs(sum({{ share }}) - 1) > 1e-6

{% endtest %}
