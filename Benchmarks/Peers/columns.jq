# A list of records to CSV: a column for each leaf, in the order of their names. For jq, gojq and jaq.
def leaves($name):
  if (type == "object" or type == "array") and length > 0 then
    keys[] as $key | .[$key] | leaves($name + "." + ($key | tostring))
  elif type == "object" or type == "array" then {key: $name[1:], value: tojson}
  else {key: $name[1:], value: .} end;
map([leaves("")] | from_entries) | (add | keys) as $columns | ($columns | @csv), (.[] | [.[$columns[]]] | @csv)
