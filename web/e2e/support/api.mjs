// The API as a second person at another computer would use it.
import { setTimeout as sleep } from 'node:timers/promises';
import { patience } from './slow.mjs';

export const PASSWORD = 'steward-demo-harbour-42';

/** Signs in and returns a function for requests: `await api('POST', '/incidents', body)`. */
export async function signInToApi(url, email, password = PASSWORD) {
  const login = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!login.ok) throw new Error(`sign-in of ${email}: ${login.status} ${await login.text()}`);
  const { access } = await login.json();
  return async (method, path, body) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${access}`, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
}

/** Reports incidents as Lea Fontaine, oldest first, and returns their numbers. */
export async function report(url, ...titles) {
  const lea = await signInToApi(url, 'user@example.com');
  const numbers = [];
  for (const title of titles) {
    const body = { title, description: 'Since **this morning**.', impact: 'medium', urgency: 'medium' };
    numbers.push((await lea('POST', '/incidents', body)).number);
  }
  return numbers;
}

/** Asks until the answer is true, at most so many milliseconds, as what happens behind a page may come a moment after what is seen. */
export async function until(ask, most = patience) {
  const end = Date.now() + most;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`never came true: ${ask}`);
    await sleep(100);
  }
}
