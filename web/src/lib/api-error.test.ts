import { describe, expect, it } from 'vitest';
import { asApiError, toApiError } from './api-error';

describe('toApiError', () => {
  it('keeps the fields, the code and the request id of a problem document', () => {
    const error = toApiError(
      {
        title: 'Validation failed',
        detail: 'one field is wrong',
        code: 'VALIDATION_ERROR',
        request_id: 'r-1',
        errors: [{ field: 'title', code: 'required', message: 'say what is wrong' }],
      },
      422,
    );
    expect(error.status).toBe(422);
    expect(error.code).toBe('VALIDATION_ERROR');
    expect(error.requestId).toBe('r-1');
    expect(error.fields).toEqual([{ field: 'title', code: 'required', message: 'say what is wrong' }]);
    expect(error.message).toBe('one field is wrong');
  });

  it('treats a page of a proxy as an unexpected answer', () => {
    expect(toApiError('<html>', 502, 'r-2')).toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      status: 502,
      requestId: 'r-2',
    });
  });

  it('calls a failed connection offline', () => {
    expect(asApiError(new TypeError('Failed to fetch')).isOffline).toBe(true);
    expect(asApiError(new TypeError('NetworkError when attempting to fetch resource.')).isOffline).toBe(true);
    expect(asApiError(new TypeError('Load failed')).isOffline).toBe(true);
  });

  it('does not call a fault of the program offline', () => {
    expect(asApiError(new TypeError("Cannot read properties of undefined (reading 'x')")).isOffline).toBe(false);
  });
});
