export { acceptTicket } from './cache';
export { ReasonForm } from './components/ReasonForm';
export { StatusBadge } from './components/StatusBadge';
export { useStep } from './hooks/use-step';
export { useTicket, useTimeline } from './hooks/use-ticket';
export { isAllowed, isLevel, LEVELS, OPEN_STATUSES, progressStep } from './model';
