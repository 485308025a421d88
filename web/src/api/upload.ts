import { toApiError } from '@/lib/api-error';
import type { AttachmentList } from './gen';
import { renew } from './session';

interface UploadInput {
  /** Number or id of the ticket. */
  ticket: string;
  files: readonly File[];
  /** The comment that they belong to; only its readers see them then. */
  commentId?: string;
  /** The same for every attempt, so that a second one adds nothing twice. */
  idempotencyKey: string;
  /** From 0 to 1. */
  onProgress: (part: number) => void;
  signal?: AbortSignal;
}

interface Answer {
  status: number;
  body: unknown;
  requestId: string | null;
}

function isAttachmentList(body: unknown): body is AttachmentList {
  return typeof body === 'object' && body !== null && 'data' in body && Array.isArray(body.data);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** One attempt. `fetch` does not tell how much has been sent; XMLHttpRequest does. */
function send({ ticket, files, commentId, idempotencyKey, onProgress, signal }: UploadInput): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    if (commentId) form.append('comment_id', commentId);
    for (const file of files) form.append('file', file, file.name);
    request.open('POST', `/api/v1/tickets/${encodeURIComponent(ticket)}/attachments`);
    request.setRequestHeader('Idempotency-Key', idempotencyKey);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () =>
      resolve({
        status: request.status,
        body: parse(request.responseText),
        requestId: request.getResponseHeader('x-request-id'),
      });
    request.onerror = () => reject(toApiError(null, 0));
    request.onabort = () => reject(toApiError(null, 0));
    signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

/** Attaches files to a ticket, all or none, and tells how far it is. */
export async function uploadFiles(input: UploadInput): Promise<AttachmentList> {
  const since = Date.now();
  let answer = await send(input);
  if (answer.status === 401 && (await renew(since))) answer = await send(input);
  if (answer.status === 201 && isAttachmentList(answer.body)) return answer.body;
  throw toApiError(answer.body, answer.status, answer.requestId);
}
