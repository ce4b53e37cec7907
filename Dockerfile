# docker build -t ocrfix . && docker run --rm -v "$PWD:/work" --user "$(id -u)" ocrfix page.txt
FROM python:3.13-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends git
COPY . /source
RUN pip wheel --no-cache-dir --wheel-dir /wheels /source

FROM python:3.13-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels pip install --no-cache-dir --no-index --find-links /wheels ocrfix \
    && useradd --create-home ocrfix
USER ocrfix
WORKDIR /work
ENTRYPOINT ["ocrfix"]
