import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { PRESETS, presetOf, queueQuery, queueSearchSchema } from './schemas';

describe('queueSearchSchema', () => {
  it('keeps what it knows and drops a bad value', () => {
    const search = v.parse(queueSearchSchema, {
      status: ['new'],
      priority: ['urgent'],
      assigned_to: 'me',
      peek: 'INC-000001',
    });
    expect(search).toEqual({ status: ['new'], priority: undefined, assigned_to: 'me', peek: 'INC-000001' });
  });
});

describe('presetOf', () => {
  it('knows a preset whatever the order of its words, with or without an open ticket', () => {
    expect(presetOf(PRESETS.allOpen)).toBe('allOpen');
    expect(presetOf({ status: ['on_hold', 'new', 'in_progress', 'assigned'], peek: 'INC-000001' })).toBe('allOpen');
    expect(presetOf({})).toBe('everything');
    expect(presetOf({ status: ['new'] })).toBeNull();
  });
});

describe('queueQuery', () => {
  it('sends lists as words with commas and leaves out what is not set', () => {
    expect(queueQuery({ status: ['new', 'assigned'], priority: [], assigned_to: 'nobody' })).toEqual({
      status: 'new,assigned',
      assigned_to: 'nobody',
    });
  });
});
