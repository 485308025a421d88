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
  });
});
