/** How often what was sent is asked for again. */
export const ASK_AGAIN_MS = 10_000;
