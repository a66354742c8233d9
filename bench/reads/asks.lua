-- For wrk: asks for the lines of the file in ASKS, from a random one on. Replies other than 200 are counted by wrk.
local paths = {}
for line in io.lines(os.getenv("ASKS")) do paths[#paths + 1] = line end
local headers = {}
local key = os.getenv("KEY")
if key and key ~= "" then headers["Authorization"] = "Bearer " .. key end
local at = 0
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], headers)
end
