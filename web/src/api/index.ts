// The only door to the generated client: it may import gen, everyone else imports this.
import { toApiError } from '@/lib/api-error';
import { client } from './gen/client.gen';
import { sessionFetch } from './session';

client.setConfig({ baseUrl: '', fetch: sessionFetch, throwOnError: true });
client.interceptors.error.use((error, response) =>
  toApiError(error, response?.status ?? 0, response?.headers.get('x-request-id') ?? null),
);

export * from './gen';
export * from './gen/@tanstack/react-query.gen';
export { serverNow } from './server-time';
export { announceSession, onSecondFactorAsked, onSessionChangedElsewhere, onSessionLost } from './session';
export { openLiveStream } from './stream';
export { uploadFiles } from './upload';

/** Every cached answer of an operation, whatever its parameters. */
export function operation(id: string): readonly [{ _id: string }] {
  return [{ _id: id }];
}
