/** What is wrong with one field of a request. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** An answer that is a problem document (RFC 9457), or no answer at all (`status` 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly requestId: string | null,
    readonly fields: readonly FieldError[],
  ) {
    super(detail || title);
  }

  /** Whether the server could not be reached. */
  get isOffline(): boolean {
    return this.status === 0;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isRecord)
    .map((item) => ({ field: text(item.field), code: text(item.code), message: text(item.message) }));
}

/** Reads an error body; what is no problem document becomes a plain error of the same status. */
export function toApiError(body: unknown, status: number, requestId: string | null = null): ApiError {
  if (body instanceof ApiError) return body;
  if (isRecord(body) && typeof body.code === 'string') {
    return new ApiError(
      status,
      body.code,
      text(body.title),
      text(body.detail),
      text(body.request_id) || requestId,
      fieldErrors(body.errors),
    );
  }
  const message = body instanceof Error ? body.message : text(body);
  return new ApiError(status, status === 0 ? 'OFFLINE' : 'UNEXPECTED_ANSWER', message, '', requestId, []);
}

/** The error as an `ApiError`, whatever was thrown. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : toApiError(error, 0);
}
