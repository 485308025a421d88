export { SessionGuard } from './components/SessionGuard';
export { useMe } from './hooks/use-me';
export { useSignOut } from './hooks/use-sign-out';
export { homeOf, type Room, roomsOf } from './model';
