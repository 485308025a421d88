import { describe, expect, it } from 'vitest';
import { expectedChange } from './steps';

describe('expectedChange', () => {
  it('shows the status that a step leads to', () => {
    expect(expectedChange({ status: 'new' }, { verb: 'start' })).toEqual({ status: 'in_progress' });
    expect(expectedChange({ status: 'resolved' }, { verb: 'close' })).toEqual({ status: 'closed' });
  });

  it('moves only a new ticket when it is given to someone', () => {
    const assignee = { id: 'p', name: 'Priya' };
    expect(expectedChange({ status: 'new' }, { verb: 'assign', assignee })).toEqual({ assignee, status: 'assigned' });
    expect(expectedChange({ status: 'on_hold' }, { verb: 'assign', assignee })).toEqual({
      assignee,
      status: 'on_hold',
    });
  });

  it('keeps the status when only the team changes', () => {
    const team = { id: 't', name: 'Network' };
    expect(expectedChange({ status: 'new' }, { verb: 'assign', team })).toEqual({ team });
  });
});
