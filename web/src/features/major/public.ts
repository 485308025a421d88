export { MajorNotice } from './components/MajorNotice';
