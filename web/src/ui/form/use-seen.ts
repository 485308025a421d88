import { useState } from 'react';

/**
 * What stood there when the form opened. A form saves over this and not over what a live
 * update brought since, so that nobody's change is overwritten unseen.
 */
export function useSeen<Value>(now: Value): Value {
  const [seen] = useState(() => now);
  return seen;
}
