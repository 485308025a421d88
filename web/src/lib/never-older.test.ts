import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { neverOlder } from './never-older';

it('keeps what is known when an older answer comes late, and shares what is equal', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { structuralSharing: neverOlder } } });
  const key = ['ticket'];
  client.setQueryData(key, { version: 3, title: 'Printer', tags: ['a'] });
  let answer: (data: object) => void = () => undefined;
  const asked = client.fetchQuery({
    queryKey: key,
    queryFn: () =>
      new Promise<object>((resolve) => {
        answer = resolve;
      }),
  });
  const saved = client.setQueryData(key, { version: 4, title: 'Scanner', tags: ['a'] });
  answer({ version: 3, title: 'Printer', tags: ['a'] });
  await asked;
  expect(client.getQueryData(key)).toBe(saved);
  client.setQueryData(key, { version: 4, title: 'Scanner', tags: ['a'] });
  expect(client.getQueryData(key)).toBe(saved);
  client.setQueryData(key, { version: 4, title: 'Scan', tags: ['a'] });
  expect(client.getQueryData(key)).toMatchObject({ title: 'Scan' });
  client.setQueryData(key, { version: 5, title: 'Scanner', tags: ['a'] });
  expect(client.getQueryData(key)).toMatchObject({ version: 5 });
});
