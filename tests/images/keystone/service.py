"""A service behind keystonemiddleware. Its block-storage half (/v3) has a Keystone that nobody runs."""
import os

from keystonemiddleware import auth_token


def answer(environ, start_response):
    body = f'{{"project":"{environ["HTTP_X_PROJECT_ID"]}","path":"{environ["PATH_INFO"]}"}}'.encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("x-openstack-request-id", "req-of-the-service")])
    return [body]


def protected(keystone):
    return auth_token.AuthProtocol(answer, {
        "auth_type": "password", "auth_url": keystone, "www_authenticate_uri": keystone,
        "username": "admin", "password": "admin", "project_name": "admin",
        "user_domain_id": "default", "project_domain_id": "default",
        "token_cache_time": "-1",  # a revoked token is refused at once
        "http_request_max_retries": "0",
    })


COMPUTE = protected(f"http://127.0.0.1:{os.environ['KEYSTONE_PORT']}/v3")
STORAGE = protected("http://127.0.0.1:9/v3")


def application(environ, start_response):
    return (STORAGE if environ["PATH_INFO"].startswith("/v3/") else COMPUTE)(environ, start_response)
