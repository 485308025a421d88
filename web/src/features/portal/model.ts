export const REQUEST_FILTERS = ['open', 'done', 'all'] as const;
export type RequestFilter = (typeof REQUEST_FILTERS)[number];

/** Narrows a text to a filter. */
export function isRequestFilter(text: unknown): text is RequestFilter {
  return REQUEST_FILTERS.some((filter) => filter === text);
}

const STATUSES: Record<RequestFilter, string | undefined> = {
  // A solved request is open for the requester until it is confirmed.
  open: 'new,assigned,in_progress,on_hold,resolved',
  done: 'closed,cancelled',
  all: undefined,
};

/** Parameters of the list of someone's own requests. */
export function requestsQuery(filter: RequestFilter, userId: string) {
  return { requester: userId, status: STATUSES[filter] };
}
