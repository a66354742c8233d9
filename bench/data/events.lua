-- For wrk: posts batches of BATCH events, no id twice; replies other than 200 are counted by wrk.
local batch = tonumber(os.getenv("BATCH"))
local run = os.getenv("RUN")
local headers = {["Authorization"] = "Bearer " .. os.getenv("KEY"), ["Content-Type"] = "application/json"}
local at = 0
function request()
  local events = {}
  for i = 1, batch do
    at = at + 1
    events[i] = string.format(
      '{"event_id":"%s-%d","name":"view_item_list","params":{"session_id":%d,"item_list_id":"home","items":' ..
      '[{"item_id":"sku%d","position":%d,"price":12.5,"propensity":0.25}]}}', run, at, math.floor(at / 7), at % 10007, at % 40 + 1)
  end
  return wrk.format("POST", "/v1/data/events", headers,
                    '{"client_id":"visitor","events":[' .. table.concat(events, ",") .. "]}")
end
