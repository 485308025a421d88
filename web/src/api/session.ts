import { noteServerTime } from './server-time';

/**
 * Keeps the browser session alive. The access cookie lives 15 minutes; the first
 * request that meets 401 exchanges the refresh cookie once and is sent again. A
 * refresh token works once and a second use ends the session, so the exchange is
 * serialised over all tabs with the Web Locks API.
 */
const REFRESHED_AT = 'steward.session.refreshed-at';
const LOCK = 'steward-session-refresh';

type Listener = () => void;
const lostListeners = new Set<Listener>();
const secondFactorListeners = new Set<Listener>();
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('steward-session');

/** Calls `listener` when a request met 401 and the session could not be renewed. */
export function onSessionLost(listener: Listener): () => void {
  lostListeners.add(listener);
  return () => {
    lostListeners.delete(listener);
  };
}

/** Calls `listener` when nothing is answered before the person has set up a second factor. */
export function onSecondFactorAsked(listener: Listener): () => void {
  secondFactorListeners.add(listener);
  return () => {
    secondFactorListeners.delete(listener);
  };
}

/** Tells the other tabs that the session began or ended here. */
export function announceSession(): void {
  channel?.postMessage('changed');
}

/** Calls `listener` when another tab signed in or out. */
export function onSessionChangedElsewhere(listener: Listener): () => void {
  channel?.addEventListener('message', listener);
  return () => channel?.removeEventListener('message', listener);
}

function refreshedAt(): number {
  return Number(localStorage.getItem(REFRESHED_AT) ?? 0);
}

async function exchange(): Promise<boolean> {
  const answer = await fetch('/api/v1/auth/refresh', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });
  if (answer.ok) localStorage.setItem(REFRESHED_AT, String(Date.now()));
  return answer.ok;
}

/** Renews the session unless another tab did so after `since`. */
export async function renew(since: number, lock: LockManager | undefined = navigator.locks): Promise<boolean> {
  const once = async () => refreshedAt() > since || exchange();
  return lock ? lock.request(LOCK, once) : once();
}

function isAuthPath(url: string): boolean {
  const { pathname } = new URL(url, window.location.origin);
  return pathname === '/api/v1/auth/login' || pathname === '/api/v1/auth/refresh';
}

/** A session that waits for a second factor is alive: renewing it would change nothing. */
async function asksForSecondFactor(answer: Response): Promise<boolean> {
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => null);
  return typeof body === 'object' && body !== null && 'code' in body && body.code === 'MFA_REQUIRED';
}

/** `fetch` for the API client: renews an expired session and sends the request again. */
export async function sessionFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const again = request.clone();
  const since = Date.now();
  const answer = await fetch(request);
  noteServerTime(answer.headers.get('date'));
  if (answer.status !== 401 || isAuthPath(request.url)) return answer;
  if (await asksForSecondFactor(answer)) {
    for (const listener of secondFactorListeners) listener();
    return answer;
  }
  if (await renew(since)) return fetch(again);
  for (const listener of lostListeners) listener();
  return answer;
}
