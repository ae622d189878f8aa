// Before any other script. A part of the page may not arrive, as when the telephone changes its network meanwhile, and would leave
// it blank: then the page is loaded again, three times at most, and says so when that did not help.
(() => {
  const key = 'loadedAgain';
  const words = [
    'Trang chưa tải được. Đề nghị đồng chí kiểm tra mạng rồi tải lại trang.',
    'The page could not be loaded. Please check your network, then load it again.',
  ];
  const say = () => {
    const root = document.getElementById('root');
    root.style.cssText =
      'max-width: 32rem; margin: 0 auto; padding: 2rem 1rem; font: 1.125rem/1.5 sans-serif';
    for (const line of words) root.append(Object.assign(document.createElement('p'), { textContent: line }));
    const button = document.createElement('button');
    button.textContent = 'Tải lại · Load again';
    button.style.cssText = 'min-height: 48px; padding: 0 1.25rem; font: inherit';
    button.onclick = () => location.reload();
    root.append(button);
  };
  const drawn = () => document.getElementById('root')?.hasChildNodes() === true;
  let asked = false;
  const again = () => {
    if (asked || drawn()) return;
    asked = true;
    if (!navigator.onLine) return addEventListener('online', () => location.reload(), { once: true });
    const times = Number(sessionStorage.getItem(key));
    if (times >= 3) {
      sessionStorage.removeItem(key);
      return say();
    }
    sessionStorage.setItem(key, String(times + 1));
    location.reload();
  };
  addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLScriptElement) setTimeout(again, 1_000);
    },
    true,
  );
  addEventListener('load', () => {
    setTimeout(() => (drawn() ? sessionStorage.removeItem(key) : again()), 3_000);
  });
})();
