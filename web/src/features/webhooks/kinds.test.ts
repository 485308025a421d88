import { describe, expect, it } from 'vitest';
import { hears, isHeld, toggled } from './kinds';

describe('what a webhook listens for', () => {
  it('hears kinds, groups, or everything', () => {
    expect(hears(['ticket.created'], 'ticket.created')).toBe(true);
    expect(hears(['ticket.created'], 'ticket.closed')).toBe(false);
    expect(hears(['ticket.*'], 'ticket.closed')).toBe(true);
    expect(hears(['ticket.*'], 'sla.breached')).toBe(false);
    expect(hears(['*'], 'sla.breached')).toBe(true);
  });

  it('knows what a wider word holds', () => {
    expect(isHeld(['sla.breached'], 'sla.breached')).toBe(false);
    expect(isHeld(['sla.*'], 'sla.breached')).toBe(true);
    expect(isHeld(['*'], 'major_incident.declared')).toBe(true);
  });

  it('lets a wider word take the place of what it holds', () => {
    expect(toggled(['ticket.created', 'sla.breached'], 'ticket.*', true)).toEqual(['sla.breached', 'ticket.*']);
    expect(toggled(['ticket.*', 'sla.breached'], '*', true)).toEqual(['*']);
    expect(toggled(['*'], '*', false)).toEqual([]);
    expect(toggled(['ticket.created'], 'ticket.closed', true)).toEqual(['ticket.created', 'ticket.closed']);
  });
});
