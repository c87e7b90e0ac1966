/// Hears of changes by server-sent events; where these do not come through, it polls.

import { address } from "./ledger.js";
import { conflict, path } from "./state.js";

const FAILURES_MAX = 3;
const POLL_SECONDS = 30;

/// @param tell is called with the totals whenever they have changed
export function follow(tell) {
  let failures = 0;
  const stream = new EventSource(address("/v1/stream", { conflict }));
  stream.addEventListener("totals", event => {
    failures = 0;
    tell(JSON.parse(event.data));
  });
  stream.addEventListener("error", () => {
    if (++failures >= FAILURES_MAX || stream.readyState === EventSource.CLOSED) {
      stream.close();
      poll(tell);
    }
  });
}

/// A long poll: an unchanged answer is held by the ledger.
async function poll(tell) {
  for (let tag = null; ;) {
    try {
      const answer = await fetch(address(path("/totals"), { wait: tag && POLL_SECONDS }),
        { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
      if (answer.ok) {
        tag = answer.headers.get("ETag");
        tell(await answer.json());
      }
      if (answer.status === 304 || answer.ok) {
        continue;
      }
    } catch {
      // The network is away: asked again below.
    }
    await new Promise(resume => setTimeout(resume, POLL_SECONDS * 1000));
  }
}
